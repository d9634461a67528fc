(window.VC=window.VC||{})["papers"]={
"1902.00751":["Parameter-Efficient Transfer Learning for NLP","Houlsby, Giurgiu, ICML 2019","In the library","",""]
};
